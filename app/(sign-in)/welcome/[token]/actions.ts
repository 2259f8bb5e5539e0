'use server'
import { choosePassword } from '@/domain/people/inviting'
import { publicAction } from '@/lib/public-action'
import { goToSignIn } from '@/lib/session'

export const choose = publicAction(choosePassword, ({ person }) => goToSignIn(person))
