'use server'
import { setUpNewsroom } from '@/domain/user/inviting'
import { openAction } from '@/lib/open-action'
import { goToSignIn } from '@/lib/session'

export const setUp = openAction(setUpNewsroom, goToSignIn)
