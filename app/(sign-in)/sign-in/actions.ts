'use server'
import { authenticate } from '@/domain/people/sign-in'
import { publicAction } from '@/lib/public-action'
import { enterNewsroom, requestOrigin } from '@/lib/session'

export const signIn = publicAction(async (input) => authenticate(input, await requestOrigin()), enterNewsroom)
