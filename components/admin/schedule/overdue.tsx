import { routes } from '@/lib/routes'

/** Loud on every page of the newsroom: something came true by itself, and no clock has noticed. */
export function Overdue({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <div className="notice bad overdue" role="alert">
      <p>
        <strong>Overdue:</strong> {count === 1 ? 'one story has' : `${count} stories have`} gone live, changed or ended
        by the time that was set, and no clock of the newsroom has noticed for over half a minute. Readers have it on
        time all the same, but the history does not tell it, and pages remembered elsewhere may be old. See to it that a
        server runs (<code>npm start</code>) and reaches the database; it catches up by itself.{' '}
        <a href={routes.admin.schedule}>See the schedule</a>
      </p>
    </div>
  )
}
