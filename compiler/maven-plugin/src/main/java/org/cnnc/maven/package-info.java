/**
 * The goals of the Maven plugin: thin shells over the compiler's request and result and over
 * training, as the command is. Parameters of a build come in; source roots, resources and lines of
 * the build's log go out. What both shells need lives below them, not here.
 */
package org.cnnc.maven;
