import { mergeNamed, renameNamed } from './managing'

export const renameAuthor = renameNamed('author')
export const mergeAuthors = mergeNamed('author')
