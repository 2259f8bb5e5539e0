import type { ReactNode } from 'react'
import { routes } from '@/lib/routes'

type Props = {
  title: string
  heading?: string
  headingClass?: string
  /** The HTTP status of the page: the front door reads it from the document and sends it. */
  status?: 403 | 404 | 503
  /** The main column takes the whole width. */
  wide?: boolean
  /** A link beside the heading. */
  button?: ReactNode
  children: ReactNode
}

/** A page of the newsroom. */
export function Page({ title, heading = title, headingClass, status, wide = false, button, children }: Props) {
  return (
    <main id="main" className={wide ? 'page' : 'page narrow'} tabIndex={-1}>
      <Title>{title}</Title>
      {status && <meta name="page-status" content={String(status)} />}
      {button ? (
        <div className="page-head">
          <h1>{heading}</h1>
          {button}
        </div>
      ) : (
        <h1 className={headingClass} dir={headingClass && 'auto'}>
          {heading}
        </h1>
      )}
      {children}
    </main>
  )
}

type StoryPageProps = Omit<Props, 'title' | 'status' | 'button'> & {
  story: { id: number; draft: { headline: string } }
  /** The page's title: this text and the headline. */
  titlePrefix: string
  /** The headline that readers see, where it is not the draft's. */
  headline?: string
  /** A link beside the headline. */
  link?: ReactNode
}

/** A page about one story, with a link to the story under the heading. */
export function StoryPage({ story, titlePrefix, headline = '', link, children, ...page }: StoryPageProps) {
  const { id, draft } = story
  return (
    <Page title={`${titlePrefix} ${draft.headline}`} {...page}>
      <p className={link ? 'cluster' : undefined}>
        <a className="headline-text" dir="auto" href={routes.admin.story(id)}>
          {headline || draft.headline || 'Without a headline'}
        </a>
        {link}
      </p>
      {children}
    </Page>
  )
}

/** The title of a newsroom page, for tabs and screen readers. */
export function Title({ children }: { children: string }) {
  return <title>{`${children} · Newsroom`}</title>
}

export function ToTheDesk() {
  return (
    <p>
      <a className="button" href={routes.admin.desk}>
        Go to the desk
      </a>
    </p>
  )
}
