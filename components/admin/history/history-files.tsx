/** Links to the whole history as a file. */
export function HistoryFiles({ csv, json }: { csv: string; json: string }) {
  return (
    <p className="cluster small-print">
      <span>The whole history as a file:</span>
      <a href={csv} download>
        CSV, for a spreadsheet
      </a>
      <a href={json} download>
        JSON, for a program
      </a>
    </p>
  )
}
