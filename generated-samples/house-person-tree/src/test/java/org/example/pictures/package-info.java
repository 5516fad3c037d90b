/** What the app promises of its classifier. */
package org.example.pictures;
