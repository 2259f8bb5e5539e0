import { bigint, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { moment } from './column'
import { formerAddressesTable, namedTable, spellingsTable } from './named'
import { stories } from './story'

/** What a story is about, beside its section. */
export const topics = namedTable('topics')
export const topicSpellings = spellingsTable('topic_spellings', topics)
export const formerTopicAddresses = formerAddressesTable('former_topic_addresses', topics)

/** Under which topics readers find a published story; written by the same trigger as `story_authors`. */
export const storyTopics = pgTable(
  'story_topics',
  {
    storyId: bigint('story_id', { mode: 'number' })
      .notNull()
      .references(() => stories.id),
    topicId: bigint('topic_id', { mode: 'number' })
      .notNull()
      .references(() => topics.id),
    position: integer().notNull(),
    liveAt: moment('live_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.storyId, table.topicId] }),
    index('story_topics_list').on(table.topicId, table.liveAt.desc().nullsFirst(), table.storyId.desc().nullsFirst()),
  ],
)
