import { isFilled, tableGrid, type Slot, type Table } from '@/domain/body/blocks/table'
import { plainInline } from '@/domain/body/plain-inline'
import { attributeHtml, inlineHtml } from '../feeds/feed-html'
import { blockDirection, blockDirectionHtml, directionHtml, inlineAttributes } from '../direction'
import { renderInline } from '../render-inline'

/** A wide table scrolls inside its own region, which can be focused and so be scrolled by key. */
export function TableRegion({ block }: { block: Table }) {
  const { caption, head, rows } = tableGrid(block)
  const name = plainInline(caption).trim()
  return (
    <div className="wide" role="region" aria-label={name === '' ? 'Table' : `Table: ${name}`} tabIndex={0}>
      <table dir={blockDirection(block)}>
        {name !== '' && <caption {...inlineAttributes(caption)}>{renderInline(caption)}</caption>}
        {head.length > 0 && <thead>{head.map((slots, row) => rowOf(slots, row, 'col'))}</thead>}
        <tbody>{rows.map((slots, row) => rowOf(slots, row, 'row'))}</tbody>
      </table>
    </div>
  )
}

const rowOf = (slots: Slot[], row: number, scope: 'col' | 'row') => (
  <tr key={row}>
    {shown(slots).map(({ cell, column, colspan, rowspan }) => {
      const spans = { colSpan: spanned(colspan), rowSpan: spanned(rowspan) }
      return isHeading(cell, scope) ? (
        <th key={column} scope={scopeOf(scope, colspan, rowspan)} {...spans} {...inlineAttributes(cell?.content ?? [])}>
          {renderInline(cell?.content ?? [])}
        </th>
      ) : (
        <td key={column} {...spans} {...inlineAttributes(cell?.content ?? [])}>
          {cell && renderInline(cell.content)}
        </td>
      )
    })}
  </tr>
)

export function tableHtml(table: Table): string {
  const { caption, head, rows } = tableGrid(table)
  const lines = [...head.map((slots) => rowHtml(slots, 'col')), ...rows.map((slots) => rowHtml(slots, 'row'))]
  return `<table${blockDirectionHtml(table)}>${caption.length > 0 ? `<caption${directionHtml(caption)}>${inlineHtml(caption)}</caption>` : ''}${lines.join('')}</table>`
}

const rowHtml = (slots: Slot[], scope: 'col' | 'row') =>
  `<tr>${shown(slots)
    .map(({ cell, colspan, rowspan }) => {
      const name = isHeading(cell, scope) ? 'th' : 'td'
      const spans = attributeHtml('colspan', spanned(colspan)) + attributeHtml('rowspan', spanned(rowspan))
      const direction = directionHtml(cell?.content ?? [])
      return `<${name}${spans}${direction}>${cell ? inlineHtml(cell.content) : ''}</${name}>`
    })
    .join('')}</tr>`

/** A place to which a cell reaches has none of its own. */
const shown = (slots: Slot[]) => slots.filter(({ isCovered }) => !isCovered)

const spanned = (span: number) => (span > 1 ? span : undefined)

/** In the head every cell with text is a heading; below it only those that are marked. */
const isHeading = (cell: Slot['cell'], scope: 'col' | 'row') =>
  isFilled(cell) && (scope === 'col' || cell?.attrs.header === true)

/** HTML, "the scope attribute": a heading over several columns heads them as a group. */
function scopeOf(scope: 'col' | 'row', colspan: number, rowspan: number) {
  if (scope === 'col') return colspan > 1 ? 'colgroup' : 'col'
  return rowspan > 1 ? 'rowgroup' : 'row'
}
