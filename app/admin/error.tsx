// eslint-disable-next-line use-client/directive-has-a-home -- Next accepts an error page only with the directive in a file of this name.
'use client'
export { Trouble as default } from '@/components/admin/trouble.client'
