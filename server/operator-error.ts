/** Something a sysadmin can put right, said in one sentence: printed without a stack trace. */
export class OperatorError extends Error {}
