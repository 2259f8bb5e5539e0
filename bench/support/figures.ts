/** The value below which a part (0 to 1) of them lies. NaN for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? sorted[0] ?? Number.NaN
}

export const median = (values: readonly number[]) => quantile(values, 0.5)

export const whole = (value: number) => Math.round(value).toLocaleString('en')
export const ratio = (value: number) => `${value.toFixed(2)} ×`
export const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
export const seconds = (value: number) => `${(value / 1000).toFixed(2)} s`
export const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`
