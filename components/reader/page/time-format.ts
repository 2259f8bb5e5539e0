import { dateTimeFormat } from '@/domain/time/formatters'

const timeStyles = {
  full: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  // With the year: lists go back to the first day, and a page may be cached over New Year.
  short: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  day: { dateStyle: 'full' },
} as const
export type TimeStyle = keyof typeof timeStyles

export function formatTime(at: Date, timeZone: string, timeStyle: TimeStyle): string {
  return dateTimeFormat('en-GB', { ...timeStyles[timeStyle], timeZone }).format(at)
}
