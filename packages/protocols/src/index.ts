export * from './decoded.ts'
export * from './native.ts'
