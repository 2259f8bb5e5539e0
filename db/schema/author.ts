import { formerAddressesTable, namedStoriesTable, namedTable, spellingsTable } from './named'

/** Who wrote it. An author is not a login: agencies, guests and the long retired have none. */
export const authors = namedTable('authors')
export const authorSpellings = spellingsTable('author_spellings', authors)
export const formerAuthorAddresses = formerAddressesTable('former_author_addresses', authors)
export const storyAuthors = namedStoriesTable('story_authors', 'author_id', authors)
