import { expect, test } from 'vitest'
import { Metrics, outcomes } from './metrics'

test('everything counted appears in Prometheus’ format, each name described once', async () => {
  const metrics = new Metrics()
  let connected: number | null = 1
  metrics.gauge('broadsheet_subscriber_connected', '1 while subscribed.', () => connected)
  metrics.responses.hit += 3
  metrics.renderSeconds.observe(0.02)
  metrics.renderSeconds.observe(20)
  const lines = (await metrics.text()).split('\n')
  expect(lines).toContain('broadsheet_http_responses_total{outcome="hit"} 3')
  for (const outcome of outcomes) expect(lines.join('\n')).toContain(`{outcome="${outcome}"}`)
  expect(lines).toContain('broadsheet_render_duration_seconds_bucket{le="0.01"} 0')
  expect(lines).toContain('broadsheet_render_duration_seconds_bucket{le="0.025"} 1')
  expect(lines).toContain('broadsheet_render_duration_seconds_bucket{le="+Inf"} 2')
  expect(lines).toContain('broadsheet_render_duration_seconds_count 2')
  expect(lines).toContain('broadsheet_subscriber_connected 1')
  const named = lines.filter((line) => line.startsWith('# TYPE'))
  expect(new Set(named).size).toBe(named.length)
  for (const line of lines.filter((line) => line !== '' && !line.startsWith('#')))
    expect(line).toMatch(/^broadsheet_[a-z_]+(?:\{[a-z]+="[^"]+"\})? [\d.e+-]+$/u)
  connected = null
  const later = await metrics.text()
  expect(later).not.toContain('\nbroadsheet_subscriber_connected ')
  expect(later).toContain('broadsheet_http_responses_total{outcome="hit"} 3')
})
