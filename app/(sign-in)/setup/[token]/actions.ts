'use server'
import { setUpNewsroom } from '@/domain/user/inviting'
import { publicAction } from '@/lib/public-action'
import { goToSignIn } from '@/lib/session'

export const setUp = publicAction(setUpNewsroom, goToSignIn)
