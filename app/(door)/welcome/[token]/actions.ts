'use server'
import { choosePassword } from '@/domain/user/inviting'
import { openAction } from '@/lib/open-action'
import { goToSignIn } from '@/lib/session'

export const choose = openAction(choosePassword, goToSignIn)
