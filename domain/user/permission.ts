import type { Story } from '../story/story'
import type { Actor } from './user'

/** As much of a story as rights depend on, so that a line of a list is enough. */
type StoryInQuestion = Pick<Story, 'ownerId' | 'stage'>

/** Every act in the newsroom, and what it is done to. */
type Acts = {
  'story.start': []
  'story.see': [StoryInQuestion]
  'story.edit': [StoryInQuestion]
  'story.publish': [StoryInQuestion]
  'story.correct': [StoryInQuestion]
  'story.share': [StoryInQuestion]
  'story.withdraw': [StoryInQuestion]
  'front-page.arrange': []
  'sections.keep': []
  'people.keep': []
  'history.see': []
}

export type Act = keyof Acts
export type SubjectOf<A extends Act> = Acts[A]

const isEditor = (actor: Actor) => actor.role !== 'reporter'
const isAdmin = (actor: Actor) => actor.role === 'admin'
const owns = (actor: Actor, story: StoryInQuestion) => actor.id !== null && story.ownerId === actor.id

/** The whole table of rights. Reporters write their own stories; what readers see is moved by editors only. */
const rules: { [A in Act]: (actor: Actor, ...subject: Acts[A]) => boolean } = {
  'story.start': () => true,
  'story.see': (actor, story) => isEditor(actor) || owns(actor, story) || story.stage === 'live',
  'story.edit': (actor, story) => isEditor(actor) || owns(actor, story),
  'story.publish': isEditor,
  'story.correct': isEditor,
  'story.share': (actor, story) => isEditor(actor) || owns(actor, story),
  'story.withdraw': isEditor,
  'front-page.arrange': isEditor,
  'sections.keep': isAdmin,
  'people.keep': isAdmin,
  'history.see': isEditor,
}

export function can<A extends Act>(actor: Actor, act: A, ...subject: SubjectOf<A>): boolean {
  return rules[act](actor, ...subject)
}
