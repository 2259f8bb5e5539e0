'use server'
import { invitePerson, makePasswordLink } from '@/domain/people/inviting'
import { changeRole, disablePerson, enablePerson } from '@/domain/people/managing'
import { action } from '@/lib/action'

export const invite = action(invitePerson)
export const newPasswordLink = action(makePasswordLink)
export const giveRole = action(changeRole)
export const disable = action(disablePerson)
export const enable = action(enablePerson)
