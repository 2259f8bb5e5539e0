'use server'
import { changeSetting } from '@/domain/settings/updating'
import { action } from '@/lib/action'

export const saveSetting = action(changeSetting)
