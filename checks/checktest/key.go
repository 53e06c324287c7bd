package checktest

// publicKey is one that a server of 2.12 to 2.17 has for a runner. Nobody has the
// private one.
const publicKey = `-----BEGIN PUBLIC KEY-----
MIIBCgKCAQEAtCVaHhz9D/U154bCf1lUIkwghhUF7zzKGsM3U5L6UOvF+FuX0OUO
szp+bk/2mCSaTY2P4rweEAHz/D/btEB2bDvIzl823YnrkOr3aRxE0UjEhqg5gpBZ
zPmfaTmYVfQzFljmSKIbFkTZ3NTBloW6Fxoc/z5HRHmHU+rsK1/mMsL0Q0iWxMPZ
VRAYePd+o6D2Vq80ODVLibVJbRJFRhM0gfieQdUUO1MRIhQZdvJBMlq17N6xCNCW
Uq8mYkQiBZFIkv7CkbyYWcSLNOse3apZwyUmX4jolFllu2txPI5d1926np6m/9da
z7SqxLYUGJ9DcpQgZ1QYECqw81mZd4PJgQIDAQAB
-----END PUBLIC KEY-----
`
