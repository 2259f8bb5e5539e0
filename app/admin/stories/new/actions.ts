'use server'
import { startStory } from '@/domain/story/drafting'
import { action } from '@/lib/action'
import { routes } from '@/lib/routes'

export const start = action(startStory, (story) => routes.admin.story(story.id))
