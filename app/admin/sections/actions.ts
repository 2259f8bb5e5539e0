'use server'
import { openSection, renameSection } from '@/domain/section/managing'
import { action } from '@/lib/action'

export const open = action(openSection)
export const rename = action(renameSection)
