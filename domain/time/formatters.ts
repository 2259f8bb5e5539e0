/**
 * A formatter takes about 32 KB that V8 does not count, so that thousands of them are not collected for a long time. Most recently used last.
 * The zone may come from a form, in any spelling: the number is limited.
 */
const formatters = new Map<string, Intl.DateTimeFormat>()
const MAX_FORMATTERS = 64

/**
 * The formatter for these options, made once.
 * @throws RangeError where the time zone is unknown
 */
export function dateTimeFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formatters.delete(key)
  formatters.set(key, formatter)
  if (formatters.size > MAX_FORMATTERS) formatters.delete(formatters.keys().next().value ?? key)
  return formatter
}
