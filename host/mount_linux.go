package host

import (
	"sync"

	"golang.org/x/sys/unix"
)

// mountOf reads the answer of statfs(2). Types without a name here are "".
func mountOf(st unix.Statfs_t) Mount {
	m := Mount{
		Type:     fsType(uint32(st.Type)), // signed on some architectures
		ReadOnly: st.Flags&unix.ST_RDONLY != 0,
		NoExec:   st.Flags&unix.ST_NOEXEC != 0,
		Space:    spaceOf(st),
	}
	if m.Type == "tmpfs" || m.Type == "ramfs" {
		m.Life = UntilReboot
	}
	return m
}

// spaceOf counts in fragments, as df does. What has no blocks at all, as proc and
// some network file systems, has nothing to say.
func spaceOf(st unix.Statfs_t) *Space {
	unit := int64(st.Frsize)
	if unit == 0 {
		unit = int64(st.Bsize)
	}
	if st.Blocks == 0 {
		return nil
	}
	return &Space{
		Free: int64(st.Bavail) * unit, Size: int64(st.Blocks) * unit,
		FreeInodes: int64(st.Ffree), Inodes: int64(st.Files),
	}
}

// fsType is the name of a file system's magic number. The numbers that x/sys
// does not have are from statfs(2) and, for zfs, from its include/sys/zfs_vfsops.h.
func fsType(magic uint32) string { return fsTypes()[magic] }

var fsTypes = sync.OnceValue(func() map[uint32]string {
	return map[uint32]string{
		unix.TMPFS_MAGIC:           "tmpfs",
		unix.RAMFS_MAGIC:           "ramfs",
		unix.OVERLAYFS_SUPER_MAGIC: "overlay",
		unix.EXT4_SUPER_MAGIC:      "ext4", // ext2 and ext3 have the same number
		unix.XFS_SUPER_MAGIC:       "xfs",
		unix.BTRFS_SUPER_MAGIC:     "btrfs",
		unix.F2FS_SUPER_MAGIC:      "f2fs",
		0x2fc12fc1:                 "zfs",
		unix.NFS_SUPER_MAGIC:       "nfs",
		0xff534d42:                 "cifs",
		unix.SMB2_SUPER_MAGIC:      "cifs",
		0x00c36400:                 "ceph",
		unix.V9FS_MAGIC:            "9p",
		unix.AFS_SUPER_MAGIC:       "afs",
		unix.FUSE_SUPER_MAGIC:      "fuse",
		unix.SQUASHFS_MAGIC:        "squashfs",
		unix.EROFS_SUPER_MAGIC_V1:  "erofs",
		unix.ISOFS_SUPER_MAGIC:     "iso9660",
		unix.MSDOS_SUPER_MAGIC:     "vfat",
		unix.EXFAT_SUPER_MAGIC:     "exfat",
		unix.PROC_SUPER_MAGIC:      "proc",
		unix.SYSFS_MAGIC:           "sysfs",
		unix.CGROUP2_SUPER_MAGIC:   "cgroup2",
	}
})
