import type { Progress, StageName } from '../stage'
import type { Actor } from './user'

/** The properties that rights depend on; lists have them, too. */
type StorySubject = { ownerId: number | null; stage: StageName; progress: Pick<Progress, 'assignee'> }
type PictureSubject = { uploadedById: number | null }
type Settings = { reportersMayPublishAlone: boolean }

/** Every act, with what it is done to. */
type Acts = {
  'story.start': []
  'story.see': [StorySubject]
  'story.edit': [StorySubject]
  'story.publish': [StorySubject]
  'story.correct': [StorySubject]
  'story.share': [StorySubject]
  'story.withdraw': [StorySubject]
  'story.submit': [StorySubject]
  'story.clear': [StorySubject]
  'story.send-back': [StorySubject]
  /** A user id; null: nobody. */
  'story.assign': [StorySubject, number | null]
  'story.publish-alone': [StorySubject, Settings]
  'story.look-over': []
  'story.lift-embargo': [StorySubject]
  'front-page.arrange': []
  'sections.manage': []
  /** Authors and topics: writing a name adds it, but renaming and merging change every story that has it. */
  'names.manage': []
  /** The library: everybody in the newsroom sees it. */
  'picture.add': []
  'picture.edit': [PictureSubject]
  /** Rights and leases. */
  'picture.clear': []
  'picture.delete': [PictureSubject]
  /** In every story at once, also in live ones. */
  'picture.replace': []
  'portrait.set': []
  'people.manage': []
  'settings.manage': []
  'history.see': []
}

export type Act = keyof Acts
export type SubjectOf<A extends Act> = Acts[A]

const isEditor = (actor: Actor) => actor.role !== 'reporter'
const isAdmin = (actor: Actor) => actor.role === 'admin'
const owns = (actor: Actor, story: StorySubject) => actor.id !== null && story.ownerId === actor.id

const uploaded = (actor: Actor, picture: PictureSubject) => actor.id !== null && picture.uploadedById === actor.id

/** The owner or the assignee. */
const worksOn = (actor: Actor, story: StorySubject) =>
  owns(actor, story) || (actor.id !== null && story.progress.assignee?.id === actor.id)

/** A reporter’s own story, without an editor, where the setting allows it. The form, the desk and the operation all use this rule. */
function mayPublishAlone(actor: Actor, story: StorySubject, { reportersMayPublishAlone }: Settings): boolean {
  if (!reportersMayPublishAlone || actor.role !== 'reporter') return false
  return owns(actor, story) && (story.stage === 'draft' || story.stage === 'live')
}

/** All rights. Reporters write their own stories and those assigned to them; editors alone change what readers see. */
const rules: { [A in Act]: (actor: Actor, ...subject: Acts[A]) => boolean } = {
  'story.start': () => true,
  'story.see': (actor, story) => isEditor(actor) || worksOn(actor, story) || story.stage === 'live',
  'story.edit': (actor, story) => isEditor(actor) || worksOn(actor, story),
  'story.publish': isEditor,
  'story.correct': isEditor,
  'story.share': (actor, story) => isEditor(actor) || worksOn(actor, story),
  'story.withdraw': isEditor,
  'story.submit': (actor, story) => isEditor(actor) || worksOn(actor, story),
  'story.clear': isEditor,
  'story.send-back': isEditor,
  // A reporter may take a story of their own that has no assignee.
  'story.assign': (actor, story, to) =>
    isEditor(actor) || (owns(actor, story) && story.progress.assignee === null && to === actor.id),
  'story.publish-alone': mayPublishAlone,
  'story.look-over': isEditor,
  'story.lift-embargo': isEditor,
  'front-page.arrange': isEditor,
  'sections.manage': isAdmin,
  'names.manage': isEditor,
  'picture.add': () => true,
  'picture.edit': (actor, picture) => isEditor(actor) || uploaded(actor, picture),
  'picture.clear': isEditor,
  'picture.delete': (actor, picture) => isEditor(actor) || uploaded(actor, picture),
  'picture.replace': isEditor,
  'portrait.set': isEditor,
  'people.manage': isAdmin,
  'settings.manage': isAdmin,
  'history.see': isEditor,
}

export function can<A extends Act>(actor: Actor, act: A, ...subject: SubjectOf<A>): boolean {
  return rules[act](actor, ...subject)
}
