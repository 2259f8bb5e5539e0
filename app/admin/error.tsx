// eslint-disable-next-line use-client/directive-has-a-home -- Next accepts an error page only with the directive in a file of this name.
'use client'
export { ErrorPage as default } from '@/components/admin/layout/error-page.client'
