import { roles, type Role } from '@/domain/user/user'

/** Everybody who may come to the door: nobody in particular, and the three roles. */
export const visitors = ['anonymous', ...roles] as const
export type Visitor = 'anonymous' | Role

/** One answer for each visitor: a line of a table. */
export type ByVisitor<Answer> = Record<Visitor, Answer>

export const everybody = <Answer>(answer: Answer): ByVisitor<Answer> => ({
  anonymous: answer,
  reporter: answer,
  editor: answer,
  admin: answer,
})
