'use client'
import { usePathname } from 'next/navigation'

type Place = { href: string; name: string; count?: string }

/** The rooms of the newsroom, the present one marked. */
export function NewsroomNav({ places, desk }: { places: Place[]; desk: string }) {
  const path = usePathname()
  const isHere = ({ href }: Place) =>
    href === desk ? path === desk || path.startsWith(`${desk}/stories`) : path === href || path.startsWith(`${href}/`)
  return (
    <nav aria-label="Newsroom">
      <ul>
        {places.map((place) => (
          <li key={place.href}>
            <a href={place.href} aria-current={isHere(place) ? 'page' : undefined}>
              {place.name}
              {place.count && <span className="count">{place.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
