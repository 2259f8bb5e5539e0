import type { ReactNode } from 'react'
import { routes } from '@/lib/routes'
import { Title } from './title'

/** What is not there and what is not for this person are one answer: 404, with a way on. */
export function NotFound({ children }: { children?: ReactNode }) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Title>Not found</Title>
      <meta name="page-status" content="404" />
      <h1>There is nothing here for you</h1>
      <p>This page does not exist, or it belongs to somebody else. The desk shows every story that is open to you.</p>
      {children}
      <p>
        <a className="button" href={routes.admin.desk}>
          Go to the desk
        </a>
      </p>
    </main>
  )
}
