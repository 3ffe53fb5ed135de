/**
 * S3 and what speaks its language (MinIO, Ceph, R2), with keys of one's own. Nothing here is called by name: with the module on the class
 * path, the other modules find it for addresses of {@code s3:}.
 */
@NullMarked
package dev.fairlead.s3;

import org.jspecify.annotations.NullMarked;
