import { z } from 'zod'
import { isTimeZone } from '@/domain/time/newsroom-time'
import { isLanguage } from '@/lib/text-direction'
import { OperatorError } from './operator-error'

const emptyAsUnset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const trustProxy = z.preprocess(
  emptyAsUnset,
  z
    .enum(['0', '1', 'true', 'false'], 'TRUST_PROXY must be 1 or 0.')
    .default('0')
    .transform((word) => word === '1' || word === 'true'),
)

const environment = z.object({
  PORT: z.preprocess(
    emptyAsUnset,
    z.coerce
      .number('PORT must be a number.')
      .int('PORT must be a whole number.')
      .min(1, 'PORT must be from 1 to 65535.')
      .max(65_535, 'PORT must be from 1 to 65535.')
      .default(3000),
  ),
  HOST: z.preprocess(emptyAsUnset, z.string().optional()),
  DATA_DIR: z.preprocess(emptyAsUnset, z.string().default('.data')),
  DATABASE_URL: z.preprocess(
    emptyAsUnset,
    z
      .url({
        protocol: /^postgres(?:ql)?$/u,
        error: 'DATABASE_URL must be an address like postgres://user:password@host:5432/name.',
      })
      .optional(),
  ),
  SITE_URL: z.preprocess(
    emptyAsUnset,
    z.url({ protocol: /^https?$/u, error: 'SITE_URL must be an address like https://news.example.' }).optional(),
  ),
  SITE_NAME: z.preprocess(
    emptyAsUnset,
    z.string().max(60, 'SITE_NAME is longer than 60 characters.').default('Broadsheet'),
  ),
  NEWSROOM_TIME_ZONE: z.preprocess(
    emptyAsUnset,
    z.string().default('UTC').refine(isTimeZone, 'NEWSROOM_TIME_ZONE must be a name like Europe/Berlin.'),
  ),
  SITE_LANGUAGE: z.preprocess(
    emptyAsUnset,
    z.string().default('en').refine(isLanguage, 'SITE_LANGUAGE must be a language tag like en, de-CH or ar.'),
  ),
  TRUST_PROXY: trustProxy,
  SESSION_SECRET: z.preprocess(
    emptyAsUnset,
    z.string().min(32, 'SESSION_SECRET must have at least 32 characters.').optional(),
  ),
  METRICS_TOKEN: z.preprocess(
    emptyAsUnset,
    z.string().min(16, 'METRICS_TOKEN must have at least 16 characters.').optional(),
  ),
  PAGE_MEMORY_MB: z.preprocess(
    emptyAsUnset,
    z.coerce
      .number('PAGE_MEMORY_MB must be a number.')
      .int('PAGE_MEMORY_MB must be a whole number.')
      .min(8, 'PAGE_MEMORY_MB must be 8 or more.')
      .max(65_536, 'PAGE_MEMORY_MB must be 65536 or less.')
      .default(128),
  ),
  RENDERER_MEMORY_MB: z.preprocess(
    emptyAsUnset,
    z.coerce
      .number('RENDERER_MEMORY_MB must be a number.')
      .int('RENDERER_MEMORY_MB must be a whole number.')
      .min(32, 'RENDERER_MEMORY_MB must be 32 or more.')
      .max(65_536, 'RENDERER_MEMORY_MB must be 65536 or less.')
      .default(1024),
  ),
  ADMIN_EMAIL: z.preprocess(emptyAsUnset, z.string().optional()),
  ADMIN_PASSWORD: z.preprocess(emptyAsUnset, z.string().optional()),
  LOG_LEVEL: z.preprocess(
    emptyAsUnset,
    z
      .enum(['silent', 'error', 'warn', 'info', 'debug'], 'LOG_LEVEL must be silent, error, warn, info or debug.')
      .default('info'),
  ),
})

export type Settings = z.output<typeof environment> & { siteUrl: URL }

/**
 * The settings, read from the environment.
 * @throws OperatorError with a sentence for each wrong value
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const read = environment.safeParse(env)
  if (!read.success)
    throw new OperatorError(
      read.error.issues
        .map(({ path, message }) => (message.includes(String(path[0])) ? message : `${String(path[0])}: ${message}`))
        .join(' '),
    )
  const siteUrl = new URL(read.data.SITE_URL ?? `http://localhost:${read.data.PORT}`)
  if (siteUrl.pathname !== '/' || siteUrl.search !== '' || siteUrl.hash !== '')
    throw new OperatorError('SITE_URL must be the address of the whole host, without a path.')
  if ((read.data.ADMIN_EMAIL === undefined) !== (read.data.ADMIN_PASSWORD === undefined))
    throw new OperatorError('ADMIN_EMAIL and ADMIN_PASSWORD belong together: set both or neither.')
  return { ...read.data, siteUrl }
}
