import type { Section } from '@/domain/section/section'
import type { Page } from '@/domain/story/live-story'
import { readPage } from './live'

/** Everything, newest first. `before` is a page's `olderCursor`; one that names no place reads as the first page. */
export async function readLatest(before: string | null): Promise<Page> {
  return readPage(before)
}

/** The list of headlines is the list of all stories by their headlines: one gets a body, and stays where it was. */
export async function readHeadlines(before: string | null): Promise<Page> {
  return readPage(before)
}

export async function readSectionStories(section: Section, before: string | null): Promise<Page> {
  return readPage(before, section.id)
}
