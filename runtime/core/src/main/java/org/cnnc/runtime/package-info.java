/** What a shipped classifier needs. */
package org.cnnc.runtime;
