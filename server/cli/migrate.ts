import { withDatabase } from './with-database'

await withDatabase(async () => console.log('The database has this version’s tables.'))
