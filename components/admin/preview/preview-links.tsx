import { linkLifetimes, isActive, type PreviewLink } from '@/domain/preview/preview'
import type { Revision } from '@/domain/revision/revision'
import { type Story, embargoedAt, type Embargo } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { ChoiceField, Field } from '../../ui/form/field.client'
import { Timestamp } from '../layout/timestamp'
import { Submit } from '../../ui/form/submit.client'

const FORM = 'new-link'
const dayChoices = linkLifetimes.map((days) => ({ value: days, label: days === '1' ? 'A day' : `${days} days` }))

type NewProps = { story: Story; versions: Revision[]; timeZone: string; now: Date; action: FormAction }

/** Creates a preview link. The form's result shows it, once. */
export function NewPreviewLink({ story, versions, timeZone, now, action }: NewProps) {
  const embargo = embargoedAt(story, now)
  const choices = [
    { value: 'latest', label: 'The latest draft, as it changes' },
    { value: 'now', label: 'The draft as it is now' },
    ...versions.map(({ number, headline }) => ({ value: String(number), label: `Version ${number}: ${headline}` })),
  ]
  return (
    <section className="panel stack" aria-labelledby="new-link-title">
      <h2 id="new-link-title">New link</h2>
      <ActionForm
        id={FORM}
        permalink={`${routes.admin.previewLinks(story.id)}#${FORM}`}
        action={action}
        label="New preview link"
        className="stack"
        resetOnSuccess
      >
        <input type="hidden" name="storyId" value={story.id} />
        <Field name="label" label="For whom" hint="They see this name on the page." required />
        <ChoiceField name="shown" label="What it shows" value="latest" choices={choices} />
        <ChoiceField name="days" label="Works for" value="3" choices={dayChoices} />
        {embargo && <EmbargoConsent embargo={embargo} timeZone={timeZone} />}
        <div className="actions">
          <Submit>Make a link</Submit>
        </div>
      </ActionForm>
    </section>
  )
}

/** A link shows an embargoed story before the embargo ends, so creating one needs consent. */
function EmbargoConsent({ embargo, timeZone }: { embargo: Embargo; timeZone: string }) {
  return (
    <>
      <p className="notice bad">
        This story is under embargo until <Timestamp at={embargo.until} timeZone={timeZone} />: {embargo.note}. A link
        shows it at once, also one that was made before.
      </p>
      <ChoiceField
        name="knowing"
        label="May they read it before the embargo ends?"
        choices={[
          { value: '', label: 'Not decided' },
          { value: 'yes', label: 'Yes, and they know of the embargo' },
        ]}
      />
    </>
  )
}

type Props = { story: Story; links: PreviewLink[]; timeZone: string; now: Date; action: FormAction }

/** The preview links of a story, newest first, with when they were opened. */
export function PreviewLinks({ story, links, timeZone, now, action }: Props) {
  return (
    <section className="stack" aria-labelledby="links-title">
      <h2 id="links-title">Links so far</h2>
      {links.length === 0 && <p>Nobody outside has a link to this story.</p>}
      <ol className="rows" aria-label="Preview links, newest first">
        {links.map((link) => (
          <li key={link.id} className="stack tight">
            <p className="facts">
              <b>
                <bdi>{link.label}</bdi>
              </b>
              <span>{link.number === null ? 'the latest draft' : `version ${link.number}`}</span>
              <span>{linkStatus(link, now)}</span>
            </p>
            <p className="small-print">
              Made by <bdi>{link.createdByName}</bdi> at <Timestamp at={link.createdAt} timeZone={timeZone} />.{' '}
              {link.revokedAt === null ? (
                <>
                  Works until <Timestamp at={link.expiresAt} timeZone={timeZone} />.
                </>
              ) : (
                <>
                  Taken back at <Timestamp at={link.revokedAt} timeZone={timeZone} />.
                </>
              )}
            </p>
            <Openings link={link} timeZone={timeZone} />
            <Revoke {...{ story, link, action }} isAvailable={isActive(link, now)} />
          </li>
        ))}
      </ol>
    </section>
  )
}

const linkStatus = (link: PreviewLink, now: Date) =>
  isActive(link, now) ? 'works' : link.revokedAt === null ? 'expired' : 'taken back'

function Openings({ link: { timesOpened, openings }, timeZone }: { link: PreviewLink; timeZone: string }) {
  if (timesOpened === 0) return <p className="small-print">Not opened yet.</p>
  return (
    <details>
      <summary>
        Opened {timesOpened === 1 ? 'once' : `${timesOpened} times`}, last at{' '}
        {openings[0] && <Timestamp at={openings[0].at} timeZone={timeZone} />}
      </summary>
      <ul className="small-print">
        {openings.map(({ at, agent }) => (
          <li key={`${at.getTime()} ${agent}`}>
            <Timestamp at={at} timeZone={timeZone} />, with {agent}
          </li>
        ))}
      </ul>
    </details>
  )
}

type RevokeProps = { story: Story; link: PreviewLink; action: FormAction; isAvailable: boolean }

function Revoke({ story, link, action, isAvailable }: RevokeProps) {
  const form = `revoke-${link.id}`
  return (
    <ActionForm
      id={form}
      permalink={`${routes.admin.previewLinks(story.id)}#${form}`}
      action={action}
      label={`Link ${link.id} for ${link.label}`}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="linkId" value={link.id} />
      {isAvailable && (
        <Submit variant="small danger" label={`Take back the link for ${link.label}`}>
          Take back
        </Submit>
      )}
    </ActionForm>
  )
}
