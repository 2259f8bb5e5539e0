'use server'
import { moveHeadline, setLead } from '@/domain/front-page/arranging'
import { action } from '@/lib/action'
import { routes } from '@/lib/routes'

export const lead = action(setLead, () => routes.admin.frontPage)
export const move = action(moveHeadline)
