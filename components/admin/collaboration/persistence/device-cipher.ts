import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hexToBytes, managedNonce } from '@noble/ciphers/utils.js'

/**
 * Encrypts what this device keeps of a person's text (XChaCha20-Poly1305 with a random nonce before each text). The key comes with the page of a person
 * who is signed in and is stored nowhere on the device: after signing out nobody can read the text, and it is theirs again when they sign in.
 * Synchronous, for a tab may be killed at any moment; the browser's own ciphers are not, and are absent on http.
 */
export type DeviceCipher = {
  seal: (text: Uint8Array) => Uint8Array<ArrayBuffer>
  /** @returns null where it was not sealed with this key, or is damaged */
  open: (sealed: Uint8Array) => Uint8Array<ArrayBuffer> | null
}

/** @param key 32 bytes in hexadecimal digits */
export function deviceCipher(key: string): DeviceCipher {
  const bytes = hexToBytes(key)
  return {
    seal: (text) => copied(managedNonce(xchacha20poly1305)(bytes).encrypt(text)),
    open: (sealed) => {
      try {
        return copied(managedNonce(xchacha20poly1305)(bytes).decrypt(sealed))
      } catch {
        return null
      }
    },
  }
}

const copied = (bytes: Uint8Array) => new Uint8Array(bytes)
