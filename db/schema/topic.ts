import { formerAddressesTable, namedStoriesTable, namedTable, spellingsTable } from './named'

/** What a story is about, beside its section. */
export const topics = namedTable('topics')
export const topicSpellings = spellingsTable('topic_spellings', topics)
export const formerTopicAddresses = formerAddressesTable('former_topic_addresses', topics)
export const storyTopics = namedStoriesTable('story_topics', 'topic_id', topics)
