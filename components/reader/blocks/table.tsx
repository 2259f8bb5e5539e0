import { isFilled, tableGrid, type Table, type TableCell } from '@/domain/body/blocks/table'
import { inlineText } from '@/domain/body/inline'
import { inlineHtml } from '../feeds/feed-html'
import { renderInline } from '../render-inline'

/** A wide table scrolls inside its own region, which can be focused and so be scrolled by key. */
export function TableRegion({ block }: { block: Table }) {
  const { caption, head, rows } = tableGrid(block)
  const name = inlineText(caption).trim()
  return (
    <div className="wide" role="region" aria-label={name === '' ? 'Table' : `Table: ${name}`} tabIndex={0}>
      <table>
        {name !== '' && <caption>{renderInline(caption)}</caption>}
        {head && (
          <thead>
            <tr>
              {head.map((cell, column) =>
                isFilled(cell) ? (
                  <th key={column} scope="col">
                    {renderInline(cell.content)}
                  </th>
                ) : (
                  <td key={column} />
                ),
              )}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((cells, rowIndex) => (
            <tr key={rowIndex}>
              {cells.map((cell, column) => (
                <td key={column}>{cell && renderInline(cell.content)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function tableHtml(table: Table): string {
  const { caption, head, rows } = tableGrid(table)
  const lines = [...(head ? [rowHtml(head, true)] : []), ...rows.map((row) => rowHtml(row, false))]
  return `<table>${caption.length > 0 ? `<caption>${inlineHtml(caption)}</caption>` : ''}${lines.join('')}</table>`
}

const rowHtml = (row: (TableCell | null)[], isHead: boolean) =>
  `<tr>${row.map((cell) => cellHtml(cell, isHead && isFilled(cell) ? 'th' : 'td')).join('')}</tr>`

const cellHtml = (cell: TableCell | null, tag: 'th' | 'td') =>
  `<${tag}>${cell ? inlineHtml(cell.content) : ''}</${tag}>`
