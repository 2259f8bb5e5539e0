import { copyFields } from '@/domain/copy/copy-fields'
import type { FieldComparison } from '@/domain/revision/comparison'
import { ComparedText } from './compared-text'

/** All fields but the body: changed ones in full, unchanged ones by name. */
export function ComparedFields({ fields }: { fields: FieldComparison[] }) {
  const changed = fields.filter(({ same }) => !same)
  const unchanged = fields.filter(({ same }) => same).map(({ field }) => copyFields[field].label.toLowerCase())
  return (
    <section className="stack tight" aria-labelledby="compared-fields">
      <h2 id="compared-fields">Headline and the rest</h2>
      {changed.length > 0 && (
        <dl className="compared-fields">
          {changed.map(({ field, chunks }) => (
            <div key={field} className="compared" data-change="changed">
              <dt className="compared-what">{copyFields[field].label}</dt>
              <dd className={field === 'headline' ? 'compared-words headline-text' : 'compared-words'}>
                <ComparedText chunks={chunks} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {unchanged.length > 0 && <p className="small-print">Unchanged: {unchanged.join(', ')}.</p>}
    </section>
  )
}
