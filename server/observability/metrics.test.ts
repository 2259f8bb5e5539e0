import { expect, test } from 'vitest'
import { Metrics, outcomes } from './metrics'

test('what was counted stands there in Prometheus’ format, each name explained once', () => {
  const metrics = new Metrics()
  metrics.responses.hit += 3
  metrics.renderSeconds.observe(0.02)
  metrics.renderSeconds.observe(20)
  const lines = metrics.text({ hearing: ['1 while changes are heard.', 1] }).split('\n')
  expect(lines).toContain('broadsheet_answers_total{outcome="hit"} 3')
  for (const outcome of outcomes) expect(lines.join('\n')).toContain(`{outcome="${outcome}"}`)
  expect(lines).toContain('broadsheet_render_seconds_bucket{le="0.01"} 0')
  expect(lines).toContain('broadsheet_render_seconds_bucket{le="0.025"} 1')
  expect(lines).toContain('broadsheet_render_seconds_bucket{le="+Inf"} 2')
  expect(lines).toContain('broadsheet_render_seconds_count 2')
  expect(lines).toContain('broadsheet_hearing 1')
  const named = lines.filter((line) => line.startsWith('# TYPE'))
  expect(new Set(named).size).toBe(named.length)
  for (const line of lines.filter((line) => line !== '' && !line.startsWith('#')))
    expect(line).toMatch(/^broadsheet_[a-z_]+(?:\{[a-z]+="[^"]+"\})? [\d.e+-]+$/u)
})
