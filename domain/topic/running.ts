import { mergeNamed, renameNamed } from '../name/running'

export const renameTopic = renameNamed('topic')
export const mergeTopics = mergeNamed('topic')
