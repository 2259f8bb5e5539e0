import { mergeNamed, renameNamed } from './managing'

export const renameTopic = renameNamed('topic')
export const mergeTopics = mergeNamed('topic')
