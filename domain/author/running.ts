import { mergeNamed, renameNamed } from '../name/running'

export const renameAuthor = renameNamed('author')
export const mergeAuthors = mergeNamed('author')
