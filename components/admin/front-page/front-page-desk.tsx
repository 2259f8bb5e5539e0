import { HEADLINES_ON_FRONT_PAGE, type Arrangement } from '@/domain/front-page/front-page'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { Timestamp } from '../layout/timestamp'
import { Submit } from '../../ui/form/submit.client'
import { Page } from '../layout/page'

type Headline = { id: number; headline: string; liveAt: Date; sectionName: string; hasBody: boolean }

type Props = {
  arrangement: Arrangement | null
  /** All headlines in the readers' order, the lead included. */
  order: Headline[]
  leading: Headline | null
  /** An editor chose the lead; otherwise the newest story leads. */
  isChosen: boolean
  timeZone: string
  now: Date
  lead: FormAction
  move: FormAction
}

/** Lead and headlines in the readers' order. Every change is live at once. */
export function FrontPageDesk({ arrangement, order, leading, isChosen, timeZone, now, lead, move }: Props) {
  const seen = String(arrangement?.id ?? 0)
  const shown = order.filter(({ id }) => id !== leading?.id).slice(0, HEADLINES_ON_FRONT_PAGE)
  const positionOf = ({ id }: Headline) => order.findIndex((other) => other.id === id)
  const asReaders = (
    <a className="button" href={routes.frontPage} target="_blank">
      See it as readers do<span className="visually-hidden">, in a new tab</span>
    </a>
  )
  return (
    <Page title="Front page" button={asReaders} wide>
      <p className="muted">
        What you see here is what readers see; every change is live at once.
        {arrangement && (
          <>
            {' '}
            Last arranged by <bdi>{arrangement.launchedByName}</bdi> at{' '}
            <Timestamp at={arrangement.launchedAt} timeZone={timeZone} />.
          </>
        )}
      </p>
      <section className="stack tight" aria-labelledby="lead">
        <h2 id="lead">Lead story</h2>
        <Lead {...{ leading, isChosen, seen, timeZone, now, lead }} />
      </section>
      <section className="stack tight" aria-labelledby="headlines">
        <h2 id="headlines">Latest headlines</h2>
        {shown.length === 0 ? (
          <p className="panel">No headline is live. Publish one from the desk.</p>
        ) : (
          <ol className="rows arranging">
            {shown.map((headline, position) => {
              const from = positionOf(headline)
              const [above, below] = [shown[position - 1], shown[position + 1]]
              const steps = {
                top: above ? -from : 0,
                up: above ? positionOf(above) - from : 0,
                down: below ? positionOf(below) - from : 0,
              }
              return (
                <li key={headline.id} className="arranged" id={`headline-${headline.id}`}>
                  <div className="stack tight">
                    <a className="headline-text" dir="auto" href={routes.admin.story(headline.id)}>
                      {headline.headline}
                    </a>
                    <Facts headline={headline} timeZone={timeZone} />
                  </div>
                  <div className="cluster">
                    <MoveButtons {...{ headline, steps, seen, move }} />
                    <ActionForm action={lead} label={`Lead: ${headline.headline}`}>
                      <input type="hidden" name="seenFrontPage" value={seen} />
                      <input type="hidden" name="storyId" value={headline.id} />
                      <Submit variant="small" label={`Make it the lead: ${headline.headline}`}>
                        Make it the lead
                      </Submit>
                    </ActionForm>
                  </div>
                </li>
              )
            })}
          </ol>
        )}
      </section>
    </Page>
  )
}

type LeadProps = Pick<Props, 'leading' | 'isChosen' | 'timeZone' | 'now' | 'lead'> & { seen: string }

const HOURS_UNTIL_A_LEAD_IS_OLD = 9

function Lead({ leading, isChosen, seen, timeZone, now, lead }: LeadProps) {
  if (!leading)
    return (
      <p className="panel">
        No story with a body is live, so nothing leads. Choose a headline below, or publish a story.
      </p>
    )
  const hours = Math.floor((now.getTime() - leading.liveAt.getTime()) / 3_600_000)
  return (
    <div className="panel stack tight">
      <a className="headline-text lead-headline" dir="auto" href={routes.admin.story(leading.id)}>
        {leading.headline}
      </a>
      <Facts headline={leading} timeZone={timeZone} />
      {isChosen && hours >= HOURS_UNTIL_A_LEAD_IS_OLD && (
        <p className="notice warn">Old lead: it has been live for {hours} hours.</p>
      )}
      {isChosen ? (
        <ActionForm action={lead} label="Lead story" className="stack tight">
          <input type="hidden" name="seenFrontPage" value={seen} />
          <input type="hidden" name="storyId" value="" />
          <div>
            <Submit variant="small">Let the newest story lead</Submit>
          </div>
        </ActionForm>
      ) : (
        <p className="small-print">Nobody chose it: the newest story with a body leads by itself.</p>
      )}
    </div>
  )
}

function Facts({ headline, timeZone }: { headline: Headline; timeZone: string }) {
  return (
    <p className="small-print facts">
      <bdi>{headline.sectionName}</bdi>
      <span>{headline.hasBody ? 'Story' : 'Headline only'}</span>
      <span>
        Live since <Timestamp at={headline.liveAt} timeZone={timeZone} />
      </span>
    </p>
  )
}

type Steps = { top: number; up: number; down: number }
type MoveProps = { headline: Headline; steps: Steps; seen: string; move: FormAction }

/** A step of 0 marks an end of the list: its button is disabled, but keeps the focus. */
function MoveButtons({ headline, steps, seen, move }: MoveProps) {
  const button = (label: string, symbol: string, offset: number) => (
    <button
      className="button small"
      name="by"
      value={offset}
      aria-label={`${label}: ${headline.headline}`}
      aria-disabled={offset === 0}
    >
      <span aria-hidden="true">{symbol}</span>
    </button>
  )
  return (
    <ActionForm action={move} label={`Move: ${headline.headline}`} className="cluster">
      <input type="hidden" name="seenFrontPage" value={seen} />
      <input type="hidden" name="storyId" value={headline.id} />
      {button('Move up', '↑', steps.up)}
      {button('Move down', '↓', steps.down)}
      {button('Move to the top', '⤒', steps.top)}
    </ActionForm>
  )
}
