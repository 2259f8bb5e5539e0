/** How an answer came about. */
export const outcomes = ['hit', 'broken', 'miss', 'moved', 'newsroom', 'refused', 'unavailable'] as const
export type Outcome = (typeof outcomes)[number]

/** Seconds; the upper bounds of the buckets in which durations are counted. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10]

class Histogram {
  private readonly counts = BUCKETS.map(() => 0)
  private count = 0
  private sum = 0

  /** @param seconds how long it took */
  observe(seconds: number) {
    this.count += 1
    this.sum += seconds
    for (const [index, bound] of BUCKETS.entries())
      if (seconds <= bound) this.counts[index] = (this.counts[index] ?? 0) + 1
  }

  lines(name: string, help: string): string[] {
    return [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} histogram`,
      ...BUCKETS.map((bound, index) => `${name}_bucket{le="${bound}"} ${this.counts[index] ?? 0}`),
      `${name}_bucket{le="+Inf"} ${this.count}`,
      `${name}_sum ${this.sum}`,
      `${name}_count ${this.count}`,
    ]
  }
}

/** What the server counts of itself; docs/operating.md says what to watch. */
export class Metrics {
  readonly responses = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>
  readonly renders = { printed: 0, failed: 0, away: 0 }
  readonly renderSeconds = new Histogram()
  readonly publishToLiveSeconds = new Histogram()
  notices = 0

  /** Prometheus' text format. `gauges` are what is true at this moment, by name. */
  text(gauges: Record<string, [help: string, value: number]>): string {
    return [
      '# HELP broadsheet_answers_total Answers by how they came about.',
      '# TYPE broadsheet_answers_total counter',
      ...outcomes.map((outcome) => `broadsheet_answers_total{outcome="${outcome}"} ${this.responses[outcome]}`),
      '# HELP broadsheet_renders_total Pages asked of the renderer.',
      '# TYPE broadsheet_renders_total counter',
      ...Object.entries(this.renders).map(
        ([outcome, count]) => `broadsheet_renders_total{outcome="${outcome}"} ${count}`,
      ),
      '# HELP broadsheet_notices_total Changes heard from the database.',
      '# TYPE broadsheet_notices_total counter',
      `broadsheet_notices_total ${this.notices}`,
      ...this.renderSeconds.lines('broadsheet_render_seconds', 'How long the renderer took for a page.'),
      ...this.publishToLiveSeconds.lines(
        'broadsheet_publish_to_live_seconds',
        'From a change in the newsroom to the front page printed again.',
      ),
      ...Object.entries(gauges).flatMap(([name, [help, value]]) => [
        `# HELP broadsheet_${name} ${help}`,
        `# TYPE broadsheet_${name} gauge`,
        `broadsheet_${name} ${value}`,
      ]),
      '',
    ].join('\n')
  }
}
