import { withDatabase } from './with-database'

await withDatabase(async () => {
  const { seedFirstEdition } = await import('@/domain/first-edition/seeding')
  const seeding = await seedFirstEdition()
  console.log(
    seeding === 'seeded' ? 'Seeded the first edition.' : 'The first edition was there already; nothing changed.',
  )
})
