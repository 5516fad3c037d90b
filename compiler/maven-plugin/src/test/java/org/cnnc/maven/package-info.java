/** Real Maven builds with the plugin, and what must come out of them. */
package org.cnnc.maven;
