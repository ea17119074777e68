/**
 * Copies backups of a repository to another place: manifest → what the target lacks → objects, pages,
 * manifest.
 *
 * <p>Place in the flow: beside backup, whose documented order it keeps, and like restore it reads a
 * {@link io.coldstream.core.repository.Repository} only. {@link io.coldstream.core.copy.CopyRun} shows
 * the order of its steps. A copy is the same repository in another place: nothing in it is changed.
 */
package io.coldstream.core.copy;
