package io.coldstream.core.verify;

import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * Something that is wrong.
 *
 * @param object the object that is wrong
 * @param fault what is wrong with it, a sentence that names it
 * @param firstBackup the oldest backup that was checked and needs it
 * @param lastBackup the newest backup that was checked and needs it
 * @param repair the command that mends it beside a node that still has the file, where there is one
 */
public record Finding(
    ObjectName object, String fault, long firstBackup, long lastBackup, Optional<String> repair) {}
