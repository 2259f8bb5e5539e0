'use server'
import { moveHeadline, setLead } from '@/domain/front-page/arranging'
import { action } from '@/lib/action'

export const lead = action(setLead)
export const move = action(moveHeadline)
