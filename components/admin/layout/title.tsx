/** The title of a newsroom page, for tabs and screen readers; React lifts it into the head. */
export function Title({ children }: { children: string }) {
  return <title>{`${children} · Newsroom`}</title>
}
