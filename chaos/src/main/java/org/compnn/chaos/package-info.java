/**
 * Campaigns that try to break the program, each one command with a seed: kills, flipped bits,
 * mutated files, a full disk, little memory, hostile requests.
 */
@NullMarked
package org.compnn.chaos;

import org.jspecify.annotations.NullMarked;
