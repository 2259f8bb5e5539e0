'use client'
import { usePathname } from 'next/navigation'

type NavLink = { href: string; name: string; count?: string }

export function NewsroomNav({ links, desk }: { links: NavLink[]; desk: string }) {
  const path = usePathname()
  const isCurrent = ({ href }: NavLink) =>
    href === desk ? path === desk || path.startsWith(`${desk}/stories`) : path === href || path.startsWith(`${href}/`)
  return (
    <nav aria-label="Newsroom">
      <ul>
        {links.map((link) => (
          <li key={link.href}>
            <a href={link.href} aria-current={isCurrent(link) ? 'page' : undefined}>
              {link.name}
              {link.count && <span className="count">{link.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
